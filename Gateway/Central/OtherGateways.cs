using System.Collections.Immutable;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces.Gateways;

namespace MmoOrleans.Gateway.Central;

/// <summary>
/// The other gateways of the world, as Central told last: where this one's clients go when it is gone. Each client is told of a few, and
/// each of others first, so that they spread.
/// </summary>
internal sealed class OtherGateways
{
    private const int MostTold = 3;

    private ImmutableArray<GatewayReport> _others = [];
    private uint _turn;
    private int _version;

    /// <summary>There is another one, as far as is known.</summary>
    public bool Any => !_others.IsEmpty;

    /// <summary>Grows when others have come or gone; 0: there were never any.</summary>
    public int Version => Volatile.Read(ref _version);

    public void Heard(ImmutableArray<GatewayReport> others)
    {
        var known = ImmutableInterlocked.InterlockedExchange(ref _others, others);
        if (!known.Select(one => one.Gateway).ToHashSet().SetEquals(others.Select(one => one.Gateway)))
            Interlocked.Increment(ref _version);
    }

    /// <summary>The doors for one client.</summary>
    public IEnumerable<Protocol.Endpoint> ForOneClient()
    {
        var (others, turn) = (_others, Interlocked.Increment(ref _turn));
        for (var i = 0; i < Math.Min(others.Length, MostTold); i++)
            foreach (var endpoint in others[(int)((turn + (uint)i) % (uint)others.Length)].Endpoints)
                yield return endpoint.ToWire();
    }
}
