using System.Numerics;
using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk.Maps;

/// <summary>How a walk ended, and where the character is now.</summary>
/// <param name="Position">Metres; on the map it warped to, if it did.</param>
public abstract record WalkEnd(Vector3 Position)
{
    /// <summary>At the target, and the server knows.</summary>
    public sealed record Arrived(Vector3 Position) : WalkEnd(Position);

    /// <summary>The server refused a step.</summary>
    public sealed record Blocked(ErrorCode Code, Vector3 Position) : WalkEnd(Position);

    /// <summary>The way led into a warp, on this map or to another one.</summary>
    public sealed record Warped(string Map, Vector3 Position) : WalkEnd(Position);

    /// <summary>Another walk began, or the character left the map.</summary>
    public sealed record Interrupted(string Why, Vector3 Position) : WalkEnd(Position);
}
