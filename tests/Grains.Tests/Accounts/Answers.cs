using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Tests.Accounts;

/// <summary>Reads answers in tests.</summary>
internal static class Answers
{
    /// <summary>The value; a refusal fails the test with its words.</summary>
    internal static T Value<T>(this Answer<T> answer)
    {
        if (answer.TryGet(out var value, out var refusal)) return value;
        Assert.Fail($"Expected to be granted, but: {refusal}");
        return default;
    }

    /// <summary>The refusal, which must be this one.</summary>
    internal static Refusal Refused<T>(this Answer<T> answer, RefusalCode code)
    {
        if (answer.TryGet(out var value, out var refusal)) Assert.Fail($"Expected {code}, but it was granted: {value}");
        Assert.Equal(code, refusal!.Code);
        return refusal;
    }
}
