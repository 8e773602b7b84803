using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MmoOrleans.Grains.Tests.Storage.Faults;
using Orleans.TestingHost;

namespace MmoOrleans.Grains.Tests.Cluster;

/// <summary>
/// A world in one process: the real runtime on a memory transport, with every grain of the project registered as in the silo
/// and storage in memory. A class fixture as it is (two silos, real time), or <c>await GrainCluster.Start(o => ...)</c>.
/// </summary>
public sealed class GrainCluster : IAsyncLifetime
{
    private readonly GrainClusterOptions _options;
    private readonly InProcessTestCluster _cluster;
    private readonly RowsInMemory _rows;
    private readonly CallsOff _callsOff = new();

    public GrainCluster() : this(new GrainClusterOptions()) { }

    private GrainCluster(GrainClusterOptions options)
    {
        (_options, _rows) = (options, options.Beside?._rows ?? new RowsInMemory());
        var builder = new InProcessTestClusterBuilder(options.Silos);
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Logging.SetMinimumLevel(LogLevel.Debug).ClearProviders().AddProvider(Log);
            host.Services.AddSingleton(options.Time);
        });
        builder.ConfigureSilo((_, silo) => Configure(silo));
        _cluster = builder.Build();
    }

    /// <summary>The time that grains see, a FakeTimeProvider when the test has put one in.</summary>
    public TimeProvider Time => _options.Time;

    /// <summary>What all silos have logged.</summary>
    public LogLines Log { get; } = new();

    /// <summary>What grains ask of their storage, and the faults a test puts into it.</summary>
    public StorageFaults Storage { get; } = new();

    /// <summary>Calls between grains, and the faults a test puts into them.</summary>
    public CallFaults Calls { get; } = new();

    /// <summary>A client of the cluster, as an external gateway is one.</summary>
    public IClusterClient Client => _cluster.Client;

    public IGrainFactory Grains => Client;

    /// <summary>Orleans' own handle: to stop, kill or add silos, to deactivate or migrate grains.</summary>
    public InProcessTestCluster Orleans => _cluster;

    public static async Task<GrainCluster> Start(Action<GrainClusterOptions>? configure = null)
    {
        var options = new GrainClusterOptions();
        configure?.Invoke(options);
        var cluster = new GrainCluster(options);
        await cluster.InitializeAsync();
        return cluster;
    }

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    /// <summary>A service of one silo.</summary>
    public T Service<T>(int silo = 0) where T : notnull => _cluster.Silos[silo].ServiceProvider.GetRequiredService<T>();

    /// <summary>Where a grain is active; null: nowhere.</summary>
    public async Task<SiloAddress?> Where(IAddressable grain) => await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);

    /// <summary>A silo on which it is not.</summary>
    public async Task<SiloAddress> Elsewhere(IAddressable grain)
    {
        var at = await Where(grain);
        return Orleans.Silos.Select(silo => silo.SiloAddress).First(silo => !silo.Equals(at));
    }

    /// <summary>Ends an activation and waits until it is gone: the next call starts a new one.</summary>
    public Task Deactivate(IAddressable grain) => _cluster.DeactivateAsync(grain);

    /// <summary>Ends when a call that the grain has begun waits, with its timers set.</summary>
    public Task Hear(IAddressable grain) => grain.AsReference<IHearing>().Hear();

    /// <summary>Calls a call off, as a client does that goes. Ends when its grain has heard of it.</summary>
    public async Task CallOff(Task call, CancellationTokenSource client, IAddressable grain)
    {
        var heard = _callsOff.Next(grain.GetGrainId());
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Wait.In(call, "the call that was called off to end"));
        await Wait.In(heard, "the grain to hear that it was called off");
    }

    private void Configure(ISiloBuilder silo)
    {
        World.Add(silo, _rows, Storage);
        silo.AddGrainExtension<IHearing, Hearing>();
        silo.AddOutgoingGrainCallFilter(Calls);
        silo.AddIncomingGrainCallFilter(_callsOff);
        _options.Silo?.Invoke(silo);
    }
}
