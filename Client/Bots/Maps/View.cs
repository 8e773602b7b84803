using MmoOrleans.Bots.Wire;
using MmoOrleans.Protocol;

namespace MmoOrleans.Bots.Maps;

/// <summary>What one bot sees, as far as it is counted: who is in view, and the sampled moves it waits to see. Its owner's lock guards it.</summary>
internal sealed class View(LatencyProbe probe)
{
    private static readonly uint AcknowledgedTag = ProtoReader.VarintTag(MapFrame.AcknowledgedInputFieldNumber);
    private static readonly uint EntityTag = ProtoReader.BytesTag(MapFrame.EntitiesFieldNumber);
    private static readonly uint LeftTag = ProtoReader.VarintTag(MapFrame.LeftFieldNumber);
    private static readonly uint LeftPackedTag = ProtoReader.BytesTag(MapFrame.LeftFieldNumber);

    /// <summary>A second's worth of sampled moves at most: those that wait longer are given up.</summary>
    private readonly List<Watch> _watches = [];
    private uint _ownId;

    public IdSet Others { get; } = new();

    /// <summary>The newest move of the own character that the server has taken.</summary>
    public uint Acknowledged { get; private set; }

    /// <summary>A new visit: nothing is in view yet.</summary>
    public void Begin(uint ownId)
    {
        End();
        (_ownId, Acknowledged) = (ownId, 0);
        Others.Clear();
    }

    /// <summary>The visit is over: nothing is waited for.</summary>
    public void End()
    {
        foreach (var _ in _watches) probe.TakeBack();
        _watches.Clear();
    }

    /// <summary>Takes a frame in and answers how many updates it brought: others in it that did not just come into view.</summary>
    public int Apply(ReadOnlySpan<byte> frame, TimeSpan now)
    {
        var updates = 0;
        for (var reader = new ProtoReader(frame); !reader.IsAtEnd;)
        {
            var tag = reader.Tag();
            if (tag == EntityTag) updates += Apply(EntityNews.Read(reader.Bytes()), now);
            else if (tag == AcknowledgedTag) Acknowledged = Math.Max(Acknowledged, (uint)reader.Varint());
            else if (tag == LeftPackedTag) RemoveAll(reader.Bytes());
            else if (tag == LeftTag) Remove((uint)reader.Varint());
            else reader.Skip(tag);
        }

        return updates;
    }

    /// <summary>Waits for this move to be shown.</summary>
    public void Await(Watch watch) => _watches.Add(watch);

    /// <summary>Gives up on moves that should have been shown by now.</summary>
    public void Expire(TimeSpan now)
    {
        for (var at = _watches.Count - 1; at >= 0; at--)
        {
            if (now - _watches[at].SentAt >= LatencyProbe.Longest) GiveUp(at);
        }
    }

    private int Apply(EntityNews news, TimeSpan now)
    {
        if (news.Id == _ownId) return 0;
        if (_watches.Count > 0) Look(news, now);
        if (!news.IsIntroduced) return 1;
        Others.Add(news.Id);
        return 0;
    }

    private void Look(EntityNews news, TimeSpan now)
    {
        for (var at = _watches.Count - 1; at >= 0; at--)
        {
            var watch = _watches[at];
            if (watch.Mover != news.Id || !watch.Moves.IsAtOrAfter(watch.Input, news.XCm, news.ZCm)) continue;
            if (watch.Moves.WasRefused(watch.Input)) probe.TakeBack();
            else probe.Seen(watch, now);
            _watches.RemoveAt(at);
        }
    }

    private void RemoveAll(ReadOnlySpan<byte> packed)
    {
        for (var reader = new ProtoReader(packed); !reader.IsAtEnd;) Remove((uint)reader.Varint());
    }

    private void Remove(uint id)
    {
        Others.Remove(id);
        for (var at = _watches.Count - 1; at >= 0; at--)
        {
            if (_watches[at].Mover == id) GiveUp(at);
        }
    }

    private void GiveUp(int at)
    {
        probe.NotSeen(_watches[at]);
        _watches.RemoveAt(at);
    }
}
