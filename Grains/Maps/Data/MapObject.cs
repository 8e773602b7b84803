using System.Collections.Frozen;

namespace MmoOrleans.Grains.Maps.Data;

/// <summary>Anything that the map's author placed and that is no warp: data for the game's own map systems.</summary>
/// <param name="Class">The author's word for what it is ("npc", "sign"), or empty.</param>
/// <param name="Name">Its own name, or empty.</param>
/// <param name="Area">Where it is, in metres; of size 0 when it is a point.</param>
/// <param name="Properties">The author's properties as text, by name.</param>
public sealed record MapObject(string Class, string Name, MapRectangle Area, FrozenDictionary<string, string> Properties);
