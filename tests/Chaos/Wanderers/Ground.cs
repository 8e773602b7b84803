using System.Numerics;

namespace MmoOrleans.Chaos.Wanderers;

/// <summary>Where wanderers go on the shipped maps: between the start of each and its door to the other, where nothing stands in the way.</summary>
internal static class Ground
{
    public const string First = "Map001";
    public const string Second = "Map002";

    private const float DoorWidth = 2.5f;

    /// <summary>Inside the warp `to_map002` of the first map.</summary>
    public static readonly Vector3 DoorToSecond = new(20.5f, 0, 11);

    /// <summary>Inside the warp `to_map001` of the second.</summary>
    public static readonly Vector3 DoorToFirst = new(5.5f, 0, 12.5f);

    /// <summary>The door out of a map.</summary>
    public static Vector3 DoorOf(string map) => map == Second ? DoorToFirst : DoorToSecond;

    /// <summary>Whether who is there may be on its way to the other map.</summary>
    public static bool IsInDoor(string map, Vector3 position) => Vector3.Distance(position, DoorOf(map)) <= DoorWidth;

    public static Vector3 Near(string map, Random chance) => map == Second
        ? new Vector3(9 + 6 * chance.NextSingle(), 0, 10 + 4 * chance.NextSingle())
        : new Vector3(9 + 6 * chance.NextSingle(), 0, 9 + 4 * chance.NextSingle());
}
