using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains;

/// <summary>Calls to other grains that may be slow or gone: none is waited for longer than the caller can afford.</summary>
internal sealed partial class GrainCalls(TimeProvider time, ILogger<GrainCalls> log)
{
    /// <summary>The answer, or the given refusal when there is none in time or the call fails.</summary>
    public async Task<Answer<T>> Ask<T>(Task<Answer<T>> call, TimeSpan within, Refusal silence, string what) =>
        await Try(call, within, what) is { } answer ? answer : Answer.Refuse<T>(silence);

    /// <summary>The same for a <see cref="RepeatableCall"/>. Whoever has given up on it must not have it made again.</summary>
    public async Task<Answer<T>> Ask<T>(Func<Task<Answer<T>>> call, TimeSpan within, Refusal silence, string what, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(within, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        return await Ask(RepeatableCall.Make(call, time, over.Token), within, silence, what);
    }

    /// <summary>The answer, or null when there is none in time or the call fails.</summary>
    public async Task<T?> Try<T>(Task<T> call, TimeSpan within, string what) where T : class?
    {
        try
        {
            return await call.WaitAsync(within, time);
        }
        catch (Exception failure)
        {
            // Whatever it is, the other grain did not do what it was asked; who asked knows what that means.
            if (failure is OperationCanceledException) LogCalledOff(log, what);
            else LogFailed(log, what, failure);
            call.Ignore(); // It may still fail later, with nobody to hear.
            return null;
        }
    }

    /// <summary>Whether the call ended in time and well.</summary>
    public async Task<bool> Done(Task call, TimeSpan within, string what) => await Try(Ended(call), within, what) is not null;

    private static async Task<object> Ended(Task call)
    {
        await call;
        return call;
    }

    [LoggerMessage(1580, LogLevel.Warning, "{What} failed or took too long")]
    private static partial void LogFailed(ILogger log, string what, Exception failure);

    [LoggerMessage(1581, LogLevel.Debug, "{What} was called off by whom it was for")]
    private static partial void LogCalledOff(ILogger log, string what);
}
