using System.Collections.Immutable;
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
        return await InTurn(() => Move(id, silo));
    }

    /// <summary>
    /// So many maps as it takes, so that every silo carries about as many maps and players. Answers how many went. The first that does not go ends it:
    /// where one cannot be saved, others would only stand still as well.
    /// </summary>
    public Task<AdminAnswer> Spread(CancellationToken aborted) => InTurn(() => SpreadNow(aborted));

    private async Task<AdminAnswer> Move(MapId map, string? silo)
    {
        if (directory.Find(map) is not { } running)
            return new AdminAnswer.NotFound($"Map {map} does not run.");
        if (string.IsNullOrEmpty(silo) || loads.Find(silo) is not { } target)
            return new AdminAnswer.NotFound($"There is no silo \"{silo}\" that takes maps.");
        if (running.Silo == silo)
            return new AdminAnswer.Done();
        LogMoves(map, running.Silo, silo);
        return await mover.TryMove(map, target) ? new AdminAnswer.Done() : new AdminAnswer.Failed($"Map {map} is not on {silo}: the log says why.");
    }

    private async Task<AdminAnswer> SpreadNow(CancellationToken aborted)
    {
        var state = await grains.GetGrain<ICentralGrain>(GrainKeys.Central).GetState();
        var plan = MapSpread.Plan(state.Maps.Select(Placed).OfType<PlacedMap>(), state.Silos.Where(silo => !silo.IsLeaving).Select(silo => silo.Silo));
        LogSpreads(plan.Length, state.Silos.Length);
        var moved = await CarryOut(plan, aborted);
        return moved == plan.Length
            ? new AdminAnswer.Moved(moved)
            : new AdminAnswer.Failed($"Only {moved} of {plan.Length} maps went: the log says why. What is asked again goes on from there.");
    }

    private async Task<int> CarryOut(ImmutableArray<(MapId Map, string To)> plan, CancellationToken aborted)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var moved = 0;
        try
        {
            await Parallel.ForEachAsync(plan, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = end.Token }, async (move, _) =>
            {
                if (await TryMove(move.Map, move.To))
                    Interlocked.Increment(ref moved);
                else
                    await end.CancelAsync();
            });
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The rest stays where it is, and the answer counts it.
        }
        return moved;
    }

    private async Task<bool> TryMove(MapId map, string silo)
    {
        if (loads.Find(silo) is { } target)
            return await mover.TryMove(map, target);
        LogNoTarget(map, silo);
        return false;
    }

    /// <summary>Orders to other silos are not seen from here: a map that one of them moves is theirs until it has gone.</summary>
    private async Task<AdminAnswer> InTurn(Func<Task<AdminAnswer>> act)
    {
        if (!_turn.Wait(TimeSpan.Zero))
            return new AdminAnswer.Failed("Maps are being moved already. Ask again when that has been answered.");
        try
        {
            return await act();
        }
        finally
        {
            _turn.Release();
        }
    }

    private static PlacedMap? Placed(MapServerState map) => Parse(map.Map) is { } id ? new PlacedMap(id, map.Silo, map.Users) : null;

    private static MapId? Parse(string? map) => MapId.TryParse($"map:{map}", out var id) ? id : null;

    [LoggerMessage(3025, LogLevel.Information, "Map {Map} is moved from {From} to {To} by an operator")]
    private partial void LogMoves(MapId map, string from, string to);

    [LoggerMessage(3026, LogLevel.Information, "{Maps} maps are moved by an operator, to spread them over {Silos} silos")]
    private partial void LogSpreads(int maps, int silos);

    [LoggerMessage(3027, LogLevel.Warning, "Map {Map} does not go to {Silo}, which takes no maps any more")]
    private partial void LogNoTarget(MapId map, string silo);
}
