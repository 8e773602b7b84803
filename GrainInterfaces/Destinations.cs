namespace MmoOrleans.GrainInterfaces;

/// <summary>Where somebody who wants to be on a map goes. Layers of a full map and instances come in here.</summary>
public static class Destinations
{
    /// <param name="map">The map's name, as warps and records have it.</param>
    /// <param name="channel">The channel that the player plays on.</param>
    /// <param name="instance">A private copy, or empty for the shared map.</param>
    /// <param name="character">Who goes there: a later layer choice needs to know.</param>
    public static MapId Resolve(string map, string channel, string instance, CharacterId character)
    {
        _ = character;
        return new MapId(channel, map, instance);
    }
}
