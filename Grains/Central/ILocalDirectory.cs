using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Grains.Central;

/// <summary>
/// This silo's copy of Central's directory, one per silo. The silo's maps read it instead of being told one by one: a thousand
/// maps announced to a thousand maps would be a million calls. It reports this silo's own maps to Central once a second.
/// Safe to use from any grain of the silo.
/// </summary>
public interface ILocalDirectory
{
    /// <summary>The name of this silo, as it stands in the directory.</summary>
    string Silo { get; }

    /// <summary>Grows whenever the copy changed.</summary>
    long Version { get; }

    /// <summary>The chat server; null while none is registered.</summary>
    ChatServerConnection? Chat { get; }

    /// <summary>Every registered map, this silo's own among them.</summary>
    IReadOnlyCollection<MapServerConnection> Maps { get; }

    /// <summary>A registered map, or null.</summary>
    MapServerConnection? Find(MapId map);

    /// <summary>How clients best reach a map on this silo: its own gateway, else the least loaded one; unknown when there is none.</summary>
    MapAddress BestAddress { get; }

    /// <summary>What every silo carries, as Central last told: once a second, while it is there. Empty when nothing was heard of it yet.</summary>
    IReadOnlyCollection<SiloLoad> Silos { get; }

    /// <summary>No map is to be put here any more. Ends when Central has been told, or when the time is over; the others hear of it from there.</summary>
    Task Leave(TimeSpan within);

    /// <summary>A map activation lives on this silo and is to be reported from here on. Replaces an earlier one of the same map.</summary>
    void Attach(ILocalMap map);

    /// <summary>The activation is gone; told to Central at once. Ignored when another activation has attached since.</summary>
    void Detach(ILocalMap map);

    /// <summary>Merges what a call to Central returned.</summary>
    void Learn(MapRegistered registered);

    /// <summary>The map activations of this silo, for draining.</summary>
    IReadOnlyCollection<ILocalMap> LocalMaps { get; }
}

/// <summary>A map activation as its silo's directory reports it. Read from other threads: implementations publish whole values.</summary>
public interface ILocalMap
{
    MapServerConnection Connection { get; }

    int Users { get; }
}
