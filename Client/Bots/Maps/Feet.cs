using System.Numerics;
using MmoOrleans.Bots.Wire;
using MmoOrleans.Sdk.Maps;

namespace MmoOrleans.Bots.Maps;

/// <summary>How one bot gets about on the map it is on: where it goes, and its moves in the words of the wire. Its owner's lock guards it.</summary>
internal sealed class Feet(BotOptions options, Random chance)
{
    /// <summary>After a pause of the generator a bot goes on from where it stood instead of leaping.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan WalkBehindWarp = TimeSpan.FromSeconds(5);

    private Walk? _walk;
    private TimeSpan _movedAt;
    private uint _lastInput;
    private bool _hasBeenPlaced;

    /// <summary>The map it stands on or is about to; null on none.</summary>
    public MapVisit? Visit { get; private set; }

    /// <summary>The character stands there: it may walk.</summary>
    public bool IsSpawned { get; private set; }

    public MoveRing Moves { get; } = new();

    public Vector2 At => _walk?.At ?? default;

    /// <summary>Has stood in its first place, can get no nearer, or has left that map through a warp.</summary>
    public bool IsInPlace => _hasBeenPlaced |= _walk?.IsInPlace ?? false;

    /// <summary>Through the door of a map.</summary>
    public void Enter(MapVisit visit)
    {
        var at = new Vector2(visit.Start.Position.X, visit.Start.Position.Z);
        // Only the first walk of a run may be long: nobody waits for it behind a warp.
        _hasBeenPlaced = _walk is not null;
        var firstWalk = _hasBeenPlaced ? WalkBehindWarp : options.Spread;
        _walk = new Walk(Area.Of(visit, options.AreaMetres), at, visit.MaxSpeedMetresPerSecond, firstWalk, chance);
        Moves.Clear();
        (Visit, IsSpawned, _lastInput) = (visit, false, 0);
    }

    public void Spawn(TimeSpan now) => (IsSpawned, _movedAt) = (Visit is not null, now);

    public void Leave()
    {
        Moves.RefuseAll();
        (Visit, IsSpawned) = (null, false);
    }

    /// <summary>The server put it here.</summary>
    public void Put(Vector2 at)
    {
        Moves.RefuseAll();
        _walk?.Put(at);
    }

    /// <summary>Walks on, writes the move and answers its length; 0 when it is on no map. <paramref name="isElsewhere"/>: the move differs from the one before.</summary>
    public int Step(TimeSpan now, Span<byte> bytes, out bool isElsewhere)
    {
        isElsewhere = false;
        if (!IsSpawned || _walk is null || Visit is null) return 0;
        var time = now - _movedAt;
        _movedAt = now;
        var way = _walk.Step(time < LongestStep ? time : LongestStep);
        var move = new SentMove(++_lastInput, Units.ToCentimetres(_walk.At.X), Units.ToCentimetres(_walk.At.Y));
        isElsewhere = !Moves.TryFind(move.Input - 1, out var last) || last.XCm != move.XCm || last.ZCm != move.ZCm;
        Moves.Add(move);
        var heading = Units.ToHeading(Units.DegreesAlong(new Vector3(way.X, 0, way.Y)));
        return MoveWriter.Write(bytes, move, Units.ToCentimetres(Visit.Start.Position.Y), heading);
    }

    /// <summary>The last move that <see cref="Step"/> wrote; <see cref="MoveRing.TryFind"/> knows it.</summary>
    public uint LastInput => _lastInput;
}
