using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Maps;

/// <summary>The latest input of each player of a feed since the last batch. At most one per player, so it needs no other bound.</summary>
internal sealed class InputCollector
{
    private readonly Lock _gate = new();
    private List<Visit> _waiting = [];
    private List<Visit> _sent = [];

    public bool HasInputs
    {
        get
        {
            lock (_gate)
                return _waiting.Count > 0;
        }
    }

    /// <summary>Keeps the newest. An older one that comes later is ignored, and the map ignores it as well.</summary>
    public void Add(Visit visit, in MoveInput move)
    {
        lock (_gate)
        {
            visit.LatestMove = new PlayerInput(
                visit.Entity, move.Sequence, move.XCm, move.YCm, move.ZCm, move.Heading, visit.Owner);
            Enlist(visit);
        }
    }

    /// <summary>The inputs for the next batch, under the entities that their players have now.</summary>
    public ImmutableArray<PlayerInput> Take()
    {
        lock (_gate)
        {
            (_waiting, _sent) = (_sent, _waiting);
            _waiting.Clear();
            var inputs = ImmutableArray.CreateBuilder<PlayerInput>(_sent.Count);
            foreach (var visit in _sent)
            {
                visit.IsMoveWaiting = false;
                inputs.Add(visit.LatestMove with { Entity = visit.Entity });
            }
            return inputs.MoveToImmutable();
        }
    }

    /// <summary>The last batch may not have arrived: its players' latest inputs go with the next one.</summary>
    public void TakeBack()
    {
        lock (_gate)
        {
            foreach (var visit in _sent)
                Enlist(visit);
            _sent.Clear();
        }
    }

    /// <summary>A map that was joined knows of each no more than it had told: what is newer goes with the next batch.</summary>
    public void TakeBackUntold(IEnumerable<Visit> visits)
    {
        lock (_gate)
            foreach (var visit in visits)
                if (visit.LatestMove.Sequence > visit.InputSequence)
                    Enlist(visit);
    }

    public void Remove(Visit visit)
    {
        lock (_gate)
        {
            _waiting.Remove(visit);
            _sent.Remove(visit);
        }
    }

    private void Enlist(Visit visit)
    {
        if (visit.IsMoveWaiting)
            return;
        visit.IsMoveWaiting = true;
        _waiting.Add(visit);
    }
}
