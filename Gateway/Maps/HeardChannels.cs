using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// How far one client has heard each channel. An array that is searched: there are one or two of them, sixteen at most, and thousands of
/// clients have one.
/// </summary>
internal struct HeardChannels(ImmutableArray<ChatHeard> heard)
{
    private ChatHeard[] _heard = [.. heard];

    public readonly ImmutableArray<ChatHeard> All => [.. _heard];

    /// <summary>Where a client without a position begins; false when it has one.</summary>
    public bool BeginAt(string channel, Fence position)
    {
        if (Find(channel) >= 0)
            return false;
        _heard = [.. _heard, new ChatHeard(channel, position)];
        return true;
    }

    /// <summary>False when the client has that line already; else it is noted as heard.</summary>
    public bool Hear(string channel, Fence position)
    {
        var known = Find(channel);
        if (known < 0)
            return BeginAt(channel, position);
        ref var last = ref _heard[known];
        if (position <= last.Position)
            return false;
        last = last with { Position = position };
        return true;
    }

    private readonly int Find(string channel)
    {
        for (var i = 0; i < _heard.Length; i++)
            if (_heard[i].Channel == channel)
                return i;
        return -1;
    }
}
