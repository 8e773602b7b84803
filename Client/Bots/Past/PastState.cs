using System.Text.Json.Serialization;

namespace MmoOrleans.Bots.Past;

/// <summary>A state that the server has acknowledged, and when this process learned of it.</summary>
/// <param name="TimeMs">Unix milliseconds, by this machine.</param>
/// <param name="Map">The map's name.</param>
/// <param name="XCm">Centimetres.</param>
/// <param name="ZCm">Centimetres.</param>
/// <param name="LeadsTo">The map to which a warp at this place leads. The server may have moved the character there before anybody told the client.</param>
internal readonly record struct PastState(
    long TimeMs, string Map, int XCm, int ZCm, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LeadsTo = null);
