namespace MmoOrleans.Grains.Storage;

/// <summary>
/// Marks a class whose instances are stored, with the version of its form. Adding a property needs no new version: rows that
/// lack it give it the value of its initializer, and an immutable array is empty. Renaming, removing or changing the meaning
/// of a property does: raise the version, and name the <see cref="Upgrade"/> that rewrites older rows.
/// For every version there is a golden row in the tests.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StoredRecordAttribute(int version) : Attribute
{
    /// <summary>The version this program writes, 1 or more.</summary>
    public int Version { get; } = version;

    /// <summary>The <see cref="IRecordUpgrade"/> that reads older versions. Default: none, for records at version 1.</summary>
    public Type? Upgrade { get; init; }
}
