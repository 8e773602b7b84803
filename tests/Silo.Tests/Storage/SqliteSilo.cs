using MmoOrleans.Grains.Tests.Storage;
using MmoOrleans.Grains.Tests.Storage.Faults;
using MmoOrleans.Silo.Storage;
using Orleans.TestingHost;

namespace MmoOrleans.Silo.Tests.Storage;

/// <summary>A silo with nothing but storage, on a file of its own that goes with the folder.</summary>
public sealed class SqliteSilo : IAsyncLifetime
{
    private readonly TemporaryFolder? _own;
    private InProcessTestCluster? _cluster;

    public SqliteSilo() => File = Path.Combine((_own = new TemporaryFolder()).Path, "data", "mmo.db");

    internal SqliteSilo(string file) => File = file;

    internal string File { get; }

    internal StorageFaults Faults { get; } = new();

    internal IKeeperGrain Keeper(string key) => _cluster!.Client.GetGrain<IKeeperGrain>(key);

    internal Task Deactivate(string key) => _cluster!.DeactivateAsync(Keeper(key));

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ServiceId = "mmo";
        builder.ConfigureSiloHost((_, host) => host.Logging.ClearProviders());
        builder.ConfigureSilo((_, silo) => silo.AddMmoStorage(new StorageSettings { Path = File }).AddFaults(Faults));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        _own?.Dispose();
    }
}
