using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// Who is on a map: what stays of an <see cref="Admission"/> once the character is in. The image that it entered with and its first
/// resume token are not kept for as long as somebody stays.
/// </summary>
internal sealed record Visitor(CharacterId Character, AccountId Account, string Name, ReadOnlyMemory<byte> Appearance, Fence Owner, MapId Map)
{
    public static Visitor Of(Admission admission) =>
        new(admission.Character, admission.Account, admission.Name, admission.Appearance, admission.Owner, admission.Map);
}
