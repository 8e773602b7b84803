using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Maps.Systems;

/// <summary>
/// A piece of a game on a map: monsters, doors, trades. Plain code: synchronous, without Orleans, without clocks or chance
/// of its own, called by one thread at a time, stepped by tests. There is one instance per running map; register the class with
/// <c>services.AddMapSystem&lt;MySystem&gt;()</c>. An exception costs the call it happened in, is logged with map and entity
/// and counted. Every method does nothing unless it is written.
/// </summary>
public interface IMapSystem
{
    /// <summary>Under this name the checkpoint keeps what <see cref="Save"/> returned. Default: the class's name.</summary>
    string Name => GetType().Name;

    /// <summary>The map starts. <paramref name="state"/> is what the last checkpoint holds of this system, empty when nothing.</summary>
    void Load(IMapWorld world, ReadOnlyMemory<byte> state) { }

    /// <summary>What to keep for the next start: 64 KiB at most, more is not kept and logged. Called with each checkpoint.</summary>
    ReadOnlyMemory<byte> Save() => default;

    /// <summary>A player has become visible.</summary>
    void Entered(IMapWorld world, int player) { }

    /// <summary>A player is about to leave; it can still be asked for.</summary>
    void Left(IMapWorld world, int player) { }

    /// <summary>A client sent a message of the game's own. True: it is mine and was dealt with; the systems after this one do not get it.</summary>
    /// <param name="payload">At most 4096 bytes, as the client sent them: check everything.</param>
    bool Message(IMapWorld world, int player, int kind, ReadOnlyMemory<byte> payload) => false;

    /// <summary>Whether a player may walk from one place to another, beyond speed and ground: a closed door, a spell.</summary>
    bool AllowMove(IMapWorld world, int player, Position from, Position to) => true;

    /// <summary>One step of the map, always of the same length.</summary>
    void Step(IMapWorld world, TimeSpan step) { }
}
