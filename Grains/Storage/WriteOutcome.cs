namespace MmoOrleans.Grains.Storage;

/// <summary>What became of a write.</summary>
internal enum WriteOutcome
{
    Written,

    /// <summary>Another activation has written: this one is on its way out.</summary>
    Conflict,

    /// <summary>The store does not even answer a question, so nothing was sent to it: what was stored before is still there.</summary>
    NotTried,

    /// <summary>The store did not answer as it should. Whether it wrote is not known until the record was read again.</summary>
    Failed,
}
