using MmoOrleans.Bots.Wire;

namespace MmoOrleans.Bots.Maps;

/// <summary>
/// The last moves a bot sent on this visit. Asked by others for a position they see, so it is the one thing with a lock of its own
/// that is taken inside another bot's; it takes none itself.
/// </summary>
internal sealed class MoveRing
{
    /// <summary>More than six seconds of moves at ten a second; what is asked for is at most one second old.</summary>
    private const int Most = 64;

    private readonly Lock _gate = new();
    private readonly SentMove[] _moves = new SentMove[Most];
    private uint _newest;
    private uint _refused;

    public void Add(SentMove move)
    {
        lock (_gate)
        {
            _moves[move.Input % Most] = move;
            _newest = move.Input;
        }
    }

    /// <summary>A new visit begins to count anew.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            Array.Clear(_moves);
            (_newest, _refused) = (0, 0);
        }
    }

    /// <summary>
    /// The server put the character elsewhere: no move that was sent until now will be shown, as each began where the character was not.
    /// </summary>
    public void RefuseAll()
    {
        lock (_gate) _refused = _newest;
    }

    public bool WasRefused(uint input)
    {
        lock (_gate) return input <= _refused;
    }

    public bool TryFind(uint input, out SentMove move)
    {
        lock (_gate)
        {
            move = _moves[input % Most];
            return input != 0 && move.Input == input;
        }
    }

    /// <summary>The moves after this one that the server may still take, the earliest first.</summary>
    public List<SentMove> After(uint input)
    {
        lock (_gate) return [.. _moves.Where(move => move.Input > input && move.Input > _refused).OrderBy(move => move.Input)];
    }

    /// <summary>
    /// True when this position is that of the move or of a later one: a server that shows a later move has taken the earlier one
    /// into account, as two moves that arrive between two of its ticks are one step to everybody else.
    /// </summary>
    public bool IsAtOrAfter(uint input, int xCm, int zCm)
    {
        lock (_gate)
        {
            foreach (var move in _moves)
            {
                if (move.Input >= input && move.XCm == xCm && move.ZCm == zCm) return true;
            }

            return false;
        }
    }
}
