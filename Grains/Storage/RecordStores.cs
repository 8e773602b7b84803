using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace MmoOrleans.Grains.Storage;

/// <summary>
/// Gives a grain its durable record. Grains do not use <c>IPersistentState</c>: that reads while the grain activates, so that a
/// store that is away makes every call throw, where the callers are promised a refusal. The chat channel alone reads while it activates: it
/// answers from its history without waiting, so the history has to be there before the first call. While it cannot be read there is
/// no channel, its callers' calls fail, and the maps answer that with CHAT_NOT_AVAILABLE; its writes throw nothing either.
/// </summary>
internal sealed class RecordStores(IServiceProvider services, TimeProvider time, ILoggerFactory logs)
{
    private readonly StoreHealth _health = new();
    private readonly ILogger _log = logs.CreateLogger("MmoOrleans.Storage");

    /// <param name="name">The record's name in the store; it never changes.</param>
    /// <param name="grain">
    /// Whose record it is. Of grains that thousands of players keep active it is their own property, not a constructor's argument: for that the
    /// activation's service scope would remember it, in 144 bytes.
    /// </param>
    public RecordStore<T> Of<T>(string name, IGrainContext grain) where T : class, new() =>
        new(services.GetRequiredKeyedService<IGrainStorage>(StorageNames.Mmo), name, grain, _health, time, _log);
}
