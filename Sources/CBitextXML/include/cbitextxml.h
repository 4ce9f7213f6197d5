/* The wall between Swift and libxml2: opaque handles and plain integers only. */
#ifndef CBITEXTXML_H
#define CBITEXTXML_H

#include <stdint.h>

const char *bx_libxml2_version(void);

#endif
