namespace MmoOrleans.Grains.Storage;

/// <summary>What became of a write.</summary>
internal enum WriteOutcome
{
    Written,

    /// <summary>Another activation has written: this one is on its way out.</summary>
    Conflict,

    /// <summary>The store did not answer as it should. Whether it wrote is not known until the record was read again.</summary>
    Failed,
}
