// One import for users of the library: `import Bitext`.
@_exported public import BitextAlignment
@_exported public import BitextCore
@_exported public import BitextGlossaries
@_exported public import BitextInterchange
@_exported public import BitextMemory
@_exported public import BitextQuality
@_exported public import BitextSQLite
@_exported public import BitextTerminology
@_exported public import BitextText

#if Lexicons
  @_exported public import BitextLexicons
#endif
