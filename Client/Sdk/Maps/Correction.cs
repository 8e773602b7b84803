using System.Numerics;
using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk.Maps;

/// <summary>The server did not follow a move: the character is here.</summary>
/// <param name="Code">MOVE_BLOCKED, MOVE_TOO_FAST, MOVE_OUT_OF_BOUNDS or MOVE_INVALID.</param>
/// <param name="Position">Metres.</param>
/// <param name="InputSequence">The move that was refused.</param>
public sealed record Correction(ErrorCode Code, Vector3 Position, uint InputSequence);

/// <summary>A warp that did not happen: the character walks on where it was.</summary>
/// <param name="ToMap">Where it would have led.</param>
/// <param name="Code">Why.</param>
/// <param name="Sentence">For people.</param>
public sealed record WarpRefusal(string ToMap, ErrorCode Code, string Sentence);
