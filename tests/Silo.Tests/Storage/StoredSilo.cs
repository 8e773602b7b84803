using MmoOrleans.Grains.Tests.Storage;
using MmoOrleans.Grains.Tests.Storage.Faults;
using MmoOrleans.Silo.Storage;
using Orleans.TestingHost;

namespace MmoOrleans.Silo.Tests.Storage;

/// <summary>A silo with nothing but storage, in a cluster of its own.</summary>
internal sealed class StoredSilo(StorageSettings settings) : IAsyncDisposable
{
    internal const string ServiceId = "mmo";

    private InProcessTestCluster? _cluster;

    internal StorageFaults Faults { get; } = new();

    internal static async Task<StoredSilo> Started(StorageSettings settings)
    {
        var silo = new StoredSilo(settings);
        await silo.Start();
        return silo;
    }

    internal IKeeperGrain Keeper(string key) => _cluster!.Client.GetGrain<IKeeperGrain>(key);

    internal Task Deactivate(string key) => _cluster!.DeactivateAsync(Keeper(key));

    internal async Task Start()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ServiceId = ServiceId;
        builder.ConfigureSiloHost((_, host) => host.Logging.ClearProviders());
        builder.ConfigureSilo((_, silo) => silo.AddMmoStorage(settings).AddFaults(Faults));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
    }
}
