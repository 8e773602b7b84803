using System.Collections.Concurrent;

namespace MmoOrleans.Grains.Tests.Cluster;

/// <summary>Tells a test when a grain has heard that a call was called off. No later call could tell: Orleans promises no order, and mostly reverses it.</summary>
internal sealed class CallsOff : IIncomingGrainCallFilter
{
    /// <summary>Orleans' own, by which it tells. It ends when the call has been found, also one that comes after it.</summary>
    private const string CallOff = "CancelRequestAsync";

    private readonly ConcurrentDictionary<GrainId, TaskCompletionSource> _awaited = new();

    /// <summary>Ends when the grain has heard of the next one.</summary>
    public Task Next(GrainId grain) => _awaited.GetOrAdd(grain, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.MethodName == CallOff && _awaited.TryRemove(context.TargetId, out var heard)) heard.SetResult();
    }
}
