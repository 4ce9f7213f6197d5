#include "cbitextxml.h"

#include <libxml/xmlversion.h>

const char *bx_libxml2_version(void) { return LIBXML_DOTTED_VERSION; }
