using MmoOrleans.Bots.Accounts;
using MmoOrleans.Bots.Maps;
using MmoOrleans.Sdk.Maps;

namespace MmoOrleans.Bots.Past;

/// <summary>What the history keeps of one bot: the states that the server acknowledged, and the moves that it may have taken. Its owner's lock guards it.</summary>
internal sealed class Footprints(TimeProvider time, MoveRing moves)
{
    /// <summary>How near to a warp the server may already have taken the character through it: one step.</summary>
    private const float StepMetres = 1;

    private readonly Trail _trail = new();
    private string _map = "";
    private IReadOnlyList<WarpPlace> _warps = [];

    public void Enter(MapVisit visit)
    {
        (_map, _warps) = (visit.Map, visit.Warps);
        Add(Units.ToCentimetres(visit.Start.Position.X), Units.ToCentimetres(visit.Start.Position.Z));
    }

    public void Acknowledge(uint input)
    {
        if (moves.TryFind(input, out var move)) Add(move.XCm, move.ZCm);
    }

    public void Add(int xCm, int zCm) =>
        _trail.Add(new PastState(time.GetUtcNow().ToUnixTimeMilliseconds(), _map, xCm, zCm, WarpAt(xCm / 100f, zCm / 100f)));

    public HistoryLine LineOf(AccountLine account, uint acknowledged)
    {
        var unanswered = moves.After(acknowledged).Select(move => _trail.States[^1] with { XCm = move.XCm, ZCm = move.ZCm, LeadsTo = WarpAt(move.XCm / 100f, move.ZCm / 100f) });
        return new HistoryLine(account, [.. _trail.States], [.. unanswered]);
    }

    private string? WarpAt(float x, float z)
    {
        foreach (var warp in _warps)
        {
            var (inX, inZ) = (x - warp.Corner.X, z - warp.Corner.Z);
            if (inX >= -StepMetres && inZ >= -StepMetres && inX <= warp.Size.X + StepMetres && inZ <= warp.Size.Z + StepMetres) return warp.ToMap;
        }

        return null;
    }
}
