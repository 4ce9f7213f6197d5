internal import Foundation

/// Finds the data files that ship with the library.
///
/// SwiftPM's `Bundle.module` traps when a program was moved away from its resources. This search never
/// does: it looks beside the program, where builds and `make install` put them, and answers `nil` when
/// they are not there.
package enum ResourceLocator {
  /// The path of a file in the resource bundle of one of the package's modules.
  ///
  /// - Parameters:
  ///   - file: The file's path inside the bundle.
  ///   - module: The module that owns it, such as `BitextLexicons`.
  package static func path(of file: String, in module: String) -> String? {
    for folder in folders {
      for bundle in ["Bitext_\(module).resources", "Bitext_\(module).bundle"] {
        for inner in ["", "/Contents/Resources"] {
          let path = "\(folder)/\(bundle)\(inner)/\(file)"
          if FileManager.default.fileExists(atPath: path) { return path }
        }
      }
    }
    return nil
  }

  /// Where bundles may lie: beside the program, in an application, in an installation.
  private static var folders: [String] {
    var folders: [String] = []
    if let program = Bundle.main.executablePath {
      let folder = (program as NSString).deletingLastPathComponent
      folders += [folder, folder + "/../share/bitext", folder + "/../lib/bitext"]
    }
    folders.append(Bundle.main.bundlePath)
    if let resources = Bundle.main.resourcePath { folders.append(resources) }
    return folders
  }
}
