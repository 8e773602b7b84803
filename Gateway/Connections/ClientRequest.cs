using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Connections;

/// <summary>One command of one client, and the way to answer it. Id 0 wants no answer and gets none.</summary>
internal readonly record struct ClientRequest(ClientConnection Connection, uint Id)
{
    public void Answer(ServerMessage answer)
    {
        if (Id == 0)
            return;
        answer.RequestId = Id;
        Connection.Send(answer);
    }

    public void Refuse(Refusal why)
    {
        Connection.Metrics.Refused(why.Code);
        Answer(new ServerMessage { Refused = why.ToRefused() });
    }

    public void Refuse(RefusalCode code, TimeSpan? retryAfter = null) => Refuse(Refusal.For(code, retryAfter));

    /// <summary>Awaits a grain for as long as one may take, and no longer than the client is there.</summary>
    public Task<T> Ask<T>(Task<T> call) => call.WaitAsync(Connection.Options.GrainCallTimeout, Connection.Time, Connection.Gone);

    /// <summary>The same for a <see cref="RepeatableCall"/>, which is not made again when it is no longer waited for.</summary>
    public Task<T> Ask<T>(Func<Task<T>> call)
    {
        var time = Connection.Time;
        return Ask(patience => RepeatableCall.Make(call, time, patience));
    }

    /// <summary>The same for a call that can be called off: it is, when the time is over or the client gone.</summary>
    public Task<T> Ask<T>(Func<CancellationToken, Task<T>> call) => CallOff(call, Connection.Options.GrainCallTimeout);

    /// <summary>Awaits a call that is made of several steps, each bounded.</summary>
    public Task<T> AskForLong<T>(Task<T> call) => call.WaitAsync(Connection.Options.ManyStepsTimeout, Connection.Time, Connection.Gone);

    /// <summary>The same for a call that can be called off.</summary>
    public Task<T> AskForLong<T>(Func<CancellationToken, Task<T>> call) => CallOff(call, Connection.Options.ManyStepsTimeout);

    /// <summary>The same for a <see cref="RepeatableCall"/> that can be called off.</summary>
    public Task<T> RepeatForLong<T>(Func<CancellationToken, Task<T>> call)
    {
        var time = Connection.Time;
        return AskForLong(patience => RepeatableCall.Make(() => call(patience), time, patience));
    }

    /// <inheritdoc cref="Ask{T}(Task{T})"/>
    public Task Ask(Task call) => call.WaitAsync(Connection.Options.GrainCallTimeout, Connection.Time, Connection.Gone);

    private async Task<T> CallOff<T>(Func<CancellationToken, Task<T>> call, TimeSpan after)
    {
        using var timeout = new CancellationTokenSource(after, Connection.Time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, Connection.Gone);
        try
        {
            return await call(patience.Token).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !Connection.Gone.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {after.TotalSeconds} s.");
        }
    }
}
