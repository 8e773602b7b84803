using System.Collections.Concurrent;
using System.Numerics;

namespace MmoOrleans.Bots.Maps;

/// <summary>
/// Where every bot of the process stands, so that who should be shown a move is known without asking the server. Each bot writes its own place;
/// readers on other threads may see one that is a step old, which the border of <see cref="Near"/> allows for.
/// </summary>
internal sealed class Places(int bots)
{
    private const int Nowhere = 0;

    private readonly ConcurrentDictionary<(string Map, string Channel, string Instance), int> _grounds = new();
    private readonly int[] _ground = new int[bots];
    private readonly Vector2[] _at = new Vector2[bots];
    private int _lastGround = Nowhere;

    /// <summary>A number for a map; bots that have the same number can see each other.</summary>
    public int GroundOf(string map, string channel, string instance) =>
        _grounds.GetOrAdd((map, channel, instance), _ => Interlocked.Increment(ref _lastGround));

    public void Put(int bot, int ground, Vector2 at)
    {
        _at[bot] = at;
        Volatile.Write(ref _ground[bot], ground);
    }

    public void Leave(int bot) => Volatile.Write(ref _ground[bot], Nowhere);

    /// <summary>Lists the other bots on the same map within this distance. Walks through all bots: it is asked a few hundred times a second at most.</summary>
    public void Near(int bot, float metres, List<int> found)
    {
        found.Clear();
        var (ground, at) = (_ground[bot], _at[bot]);
        if (ground == Nowhere) return;
        for (var other = 0; other < _at.Length; other++)
        {
            if (Vector2.DistanceSquared(_at[other], at) <= metres * metres && _ground[other] == ground && other != bot) found.Add(other);
        }
    }
}
