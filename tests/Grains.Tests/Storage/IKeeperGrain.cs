using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Tests.Storage;

/// <summary>Keeps one text on behalf of tests of the storage.</summary>
[Alias("mmo.tests.keeper")]
public interface IKeeperGrain : IGrainWithStringKey
{
    /// <summary>Stores the text; throws what the storage throws.</summary>
    [Alias("Keep")]
    Task Keep(string text);

    /// <summary>Whether the text was stored; a failure of the storage stays in the grain.</summary>
    [Alias("TryKeep")]
    Task<bool> TryKeep(string text);

    [Alias("Forget")]
    Task Forget();

    /// <summary>The text in memory, null when there was no record.</summary>
    [Alias("Kept")]
    Task<string?> Kept();

    /// <summary>The text in storage.</summary>
    [Alias("Reread")]
    Task<string?> Reread();
}

[StoredRecord(1)]
public sealed class KeptText
{
    public string? Text { get; set; }
}

[GrainType("tests-keeper")]
public sealed class KeeperGrain([PersistentState(KeeperGrain.State, StorageNames.Mmo)] IPersistentState<KeptText> kept) : Grain, IKeeperGrain
{
    internal const string State = "keeper";

    public Task Keep(string text)
    {
        kept.State.Text = text;
        return kept.WriteStateAsync();
    }

    public async Task<bool> TryKeep(string text)
    {
        try
        {
            await Keep(text);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return false;
        }
    }

    public Task Forget() => kept.ClearStateAsync();

    public Task<string?> Kept() => Task.FromResult(kept.RecordExists ? kept.State.Text : null);

    public async Task<string?> Reread()
    {
        await kept.ReadStateAsync();
        return kept.State.Text;
    }
}
