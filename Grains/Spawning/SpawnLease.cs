using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Spawning;
using MmoOrleans.Grains.Lifecycle;

namespace MmoOrleans.Grains.Spawning;

/// <summary>Tells the spawner every few seconds which maps this silo wants, and that it wants none when it stops.</summary>
internal sealed class SpawnLease(IGrainFactory grains, ILocalSiloDetails silo, IOptions<SpawnOptions> options, TimeProvider time, ILogger<SpawnLease> log)
    : SiloLoop
{
    private static readonly TimeSpan BetweenLeases = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    private readonly SpawnOptions _options = options.Value;

    private IMapSpawnGrain Spawner => grains.GetGrain<IMapSpawnGrain>(GrainKeys.Spawner(_options.Name));

    protected override async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Tell(Spawner.Lease(silo.Name, _options.Maps, _options.MapTimeout));
            await Pause(BetweenLeases, time, stop);
        }
        await Tell(Spawner.Return(silo.Name));
    }

    private async Task Tell(Task call)
    {
        try
        {
            await call.WaitAsync(AnswerWithin, time);
        }
        catch (Exception failure)
        {
            log.LeaseFailed(silo.Name, _options.Name, failure.Message);
        }
    }
}
