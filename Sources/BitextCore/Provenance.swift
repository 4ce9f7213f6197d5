/// Where a unit or a variant comes from and how it was used.
public struct Provenance: Sendable, Hashable {
  /// When it was made.
  public var created: Timestamp?
  /// Who made it.
  public var createdBy: String?
  /// When it was last changed.
  public var changed: Timestamp?
  /// Who last changed it.
  public var changedBy: String?
  /// When it was last used in a translation.
  public var lastUsed: Timestamp?
  /// How often it was used.
  public var usageCount: Int?

  public init(
    created: Timestamp? = nil, createdBy: String? = nil, changed: Timestamp? = nil,
    changedBy: String? = nil, lastUsed: Timestamp? = nil, usageCount: Int? = nil
  ) {
    self.created = created
    self.createdBy = createdBy
    self.changed = changed
    self.changedBy = changedBy
    self.lastUsed = lastUsed
    self.usageCount = usageCount
  }
}
