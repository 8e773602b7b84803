using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains;

/// <summary>Turns one answer into another.</summary>
internal static class AnswerMapping
{
    /// <summary>The value changed, the refusal as it is.</summary>
    public static Answer<TOut> Select<TIn, TOut>(this Answer<TIn> answer, Func<TIn, TOut> change) =>
        answer.TryGet(out var value, out var why) ? Answer.Of(change(value)) : Answer.Refuse<TOut>(why);
}
