using MmoOrleans.Silo.Storage;

namespace MmoOrleans.Silo.Tests.Storage;

/// <summary>A store that was empty before the tests of a class, and two silos on it that know nothing of each other: two activations of one grain.</summary>
public abstract class Store : IAsyncLifetime
{
    private StoredSilo? _here;
    private StoredSilo? _elsewhere;

    internal StoredSilo Here => _here!;

    internal StoredSilo Elsewhere => _elsewhere!;

    internal StorageSettings Settings { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        if (!IsInstalled) return; // A fixture cannot skip: each test does, by Require.
        Settings = await Make();
        _here = await StoredSilo.Started(Settings);
        _elsewhere = await StoredSilo.Started(Settings);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_here is not null) await _here.DisposeAsync();
        if (_elsewhere is not null) await _elsewhere.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether this machine has the store's server.</summary>
    internal virtual bool IsInstalled => true;

    /// <summary>Skips the test where it has not.</summary>
    internal virtual void Require()
    {
    }

    /// <summary>What the store holds for a keeper, as it is stored; null: nothing.</summary>
    internal abstract Task<string?> Row(string key);

    /// <summary>Takes a keeper's row away, as an operator might.</summary>
    internal abstract Task Remove(string key);

    internal abstract Task<StorageSettings> Make();
}
