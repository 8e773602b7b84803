namespace MmoOrleans.Grains.Tests.Storage.Faults;

public enum StorageCallKind
{
    Read,
    Write,
    Clear,
}

/// <summary>Where a call is interrupted: before the database has heard of it, or after it was done and only the answer is lost.</summary>
public enum CommitPoint
{
    Before,
    After,
}

/// <summary>One call of a grain to its storage.</summary>
public sealed record StorageCall(StorageCallKind Kind, string State, GrainId Grain)
{
    /// <summary>Whether it would change the row.</summary>
    public bool IsChange => Kind != StorageCallKind.Read;
}
