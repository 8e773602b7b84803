using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk.Connections;

/// <summary>
/// The doors to the world that this client was told of, newest first. What it was told before is kept behind: a world that has just lost
/// a server may know little of itself for a moment, and that must not be all that its players know.
/// </summary>
internal sealed class KnownGateways
{
    private const int Most = 8;

    private List<ServerEndpoint> _all = [];

    public IReadOnlyList<ServerEndpoint> All => _all;

    public void Told(IEnumerable<ServerEndpoint> newest) => _all = [.. newest.Concat(_all).Distinct().Take(Most)];

    /// <summary>One that let this client in, whoever named it.</summary>
    public void Met(ServerEndpoint gateway)
    {
        if (!_all.Contains(gateway) && _all.Count < Most) _all.Add(gateway);
    }

    public void Forget() => _all = [];
}
