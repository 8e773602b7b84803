using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk;

/// <summary>A request that was not granted, for callers of <see cref="Answer{T}.OrThrow"/>.</summary>
public sealed class MmoException : Exception
{
    /// <summary>With the server's code and sentence.</summary>
    public MmoException(ErrorCode code, string sentence) : base($"{ErrorNames.Of(code)}: {sentence}") => Code = code;

    /// <summary>Why.</summary>
    public ErrorCode Code { get; }
}
