using Microsoft.Extensions.Logging;
using MmoOrleans.Grains.Maps.Entities;

namespace MmoOrleans.Grains.Maps.Systems;

/// <summary>
/// Runs the systems of one map in their order: movement, warps and local chat, then the game's own. What a system throws costs that
/// call and nothing else; it is logged with the map and the entity, and counted.
/// </summary>
internal sealed class MapSystems(Scene scene, ILogger log, MapMetrics metrics)
{
    private const int MostStateBytes = 64 * 1024;

    private readonly List<IMapSystem> _systems = [];
    private IMapWorld _world = null!;

    public void Use(IMapWorld world, IEnumerable<IMapSystem> systems)
    {
        _world = world;
        _systems.AddRange(systems);
    }

    public void Load(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> states)
    {
        foreach (var system in _systems)
            Guard(system, 0, () => system.Load(_world, states.GetValueOrDefault(system.Name)));
    }

    public Dictionary<string, ReadOnlyMemory<byte>> Save()
    {
        var states = new Dictionary<string, ReadOnlyMemory<byte>>();
        foreach (var system in _systems)
            Guard(system, 0, () => Keep(states, system, system.Save()));
        return states;
    }

    public void Entered(int player)
    {
        foreach (var system in _systems)
            Guard(system, player, () => system.Entered(_world, player));
    }

    public void Left(int player)
    {
        foreach (var system in _systems)
            Guard(system, player, () => system.Left(_world, player));
    }

    public bool Message(int player, int kind, ReadOnlyMemory<byte> payload)
    {
        var taken = false;
        for (var i = 0; i < _systems.Count && !taken; i++)
            Guard(_systems[i], player, () => taken = _systems[i].Message(_world, player, kind, payload));
        return taken;
    }

    /// <summary>Asked for each step of each player: a loop of its own, without a closure per call.</summary>
    public bool AllowMove(int player, Spot from, Spot to)
    {
        foreach (var system in _systems)
        {
            try
            {
                if (!system.AllowMove(_world, player, from.Meters, to.Meters))
                    return false;
            }
            catch (Exception fault)
            {
                Count(system, player, fault);
            }
        }
        return true;
    }

    public void Step(TimeSpan step)
    {
        foreach (var system in _systems)
            Guard(system, 0, () => system.Step(_world, step));
    }

    private void Keep(Dictionary<string, ReadOnlyMemory<byte>> states, IMapSystem system, ReadOnlyMemory<byte> state)
    {
        if (state.Length > MostStateBytes)
            MapLog.SystemStateTooLarge(log, scene.Id, system.Name, state.Length, MostStateBytes);
        else if (!state.IsEmpty)
            states[system.Name] = state;
    }

    /// <summary>A game's code may throw anything; the map and its other systems go on.</summary>
    private void Guard(IMapSystem system, int entity, Action call)
    {
        try
        {
            call();
        }
        catch (Exception fault)
        {
            Count(system, entity, fault);
        }
    }

    private void Count(IMapSystem system, int entity, Exception fault)
    {
        metrics.SystemFaults.Add(1);
        MapLog.SystemFailed(log, fault, scene.Id, system.Name, entity);
    }
}
