using Google.Protobuf.Reflection;
using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk;

/// <summary>Error codes by the names they have in the contract (<c>ALREADY_LOGGED_IN</c>), as players and logs know them.</summary>
public static class ErrorNames
{
    private static readonly EnumDescriptor Codes = MmoReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(ErrorCode));

    /// <summary>The name; a code of a newer server is shown as its number.</summary>
    public static string Of(ErrorCode code) => Codes.FindValueByNumber((int)code)?.Name ?? $"ERROR_{(int)code}";
}
