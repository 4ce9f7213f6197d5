internal import CBitextXML

/// The libraries below this module.
public enum FormatLibraries {
  /// The version of libxml2 that the program was built with, such as `2.9.14`.
  public static var libxml2Version: String { unsafe String(cString: bx_libxml2_version()) }
}
