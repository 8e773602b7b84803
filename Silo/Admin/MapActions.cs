using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.Grains.Central;
using MmoOrleans.Silo.Hosting;

namespace MmoOrleans.Silo.Admin;

/// <summary>Where an operator wants maps to run. One order at a time; each is logged.</summary>
internal sealed partial class MapActions(IGrainFactory grains, ILocalDirectory directory, SiloLoads loads, MapMover mover, ILogger<MapActions> logger)
{
    private const int MostAtOnce = 8;

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>One map to one silo, with everybody on it.</summary>
    public async Task<AdminAnswer> Move(string? map, string? silo)
    {
        if (Parse(map) is not { } id)
            return new AdminAnswer.Refused("\"map\" is CHANNEL/MAP, as GET /admin/servers lists it.");
        if (directory.Find(id) is not { } running)
            return new AdminAnswer.NotFound($"Map {id} does not run.");
        if (string.IsNullOrEmpty(silo) || loads.Find(silo) is not { } target)
            return new AdminAnswer.NotFound($"There is no silo \"{silo}\" that takes maps.");
        if (running.Silo == silo)
            return new AdminAnswer.Done();
        LogMoves(id, running.Silo, silo);
        return await InTurn(() => mover.TryMove(id, target))
            ? new AdminAnswer.Done()
            : new AdminAnswer.Failed($"Map {id} is not on {silo}: the log says why.");
    }

    /// <summary>So many maps as it takes, so that every silo carries about as many maps and players. Answers how many went.</summary>
    public async Task<AdminAnswer> Spread()
    {
        var (wanted, moved) = await InTurn(SpreadNow);
        return moved == wanted
            ? new AdminAnswer.Moved(moved)
            : new AdminAnswer.Failed($"{wanted - moved} of {wanted} maps did not go where they should have: the log says why.");
    }

    private async Task<(int Wanted, int Moved)> SpreadNow()
    {
        var state = await grains.GetGrain<ICentralGrain>(GrainKeys.Central).GetState();
        var maps = state.Maps.Select(map => (Id: Parse(map.Map), map)).Where(map => map.Id is not null).Select(map => new PlacedMap(map.Id!.Value, map.map.Silo, map.map.Users));
        var plan = MapSpread.Plan(maps, state.Silos.Where(silo => !silo.IsLeaving).Select(silo => silo.Silo));
        LogSpreads(plan.Length, state.Silos.Length);
        var moved = 0;
        await Parallel.ForEachAsync(plan, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce }, async (move, _) =>
        {
            if (loads.Find(move.To) is { } target && await mover.TryMove(move.Map, target))
                Interlocked.Increment(ref moved);
        });
        return (plan.Length, moved);
    }

    private async Task<T> InTurn<T>(Func<Task<T>> act)
    {
        await _turn.WaitAsync();
        try
        {
            return await act();
        }
        finally
        {
            _turn.Release();
        }
    }

    private static MapId? Parse(string? map) => MapId.TryParse($"map:{map}", out var id) ? id : null;

    [LoggerMessage(3025, LogLevel.Information, "Map {Map} is moved from {From} to {To} by an operator")]
    private partial void LogMoves(MapId map, string from, string to);

    [LoggerMessage(3026, LogLevel.Information, "{Maps} maps are moved by an operator, to spread them over {Silos} silos")]
    private partial void LogSpreads(int maps, int silos);
}
