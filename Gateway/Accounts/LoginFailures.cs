using System.Net;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>
/// Failed logins per address and minute, so that one machine cannot try many names. A password is counted before it is asked
/// about and given back when it was right, so that many at once are not more guesses than one after another.
/// </summary>
internal sealed class LoginFailures(GatewayOptions options, TimeProvider time)
{
    private readonly AddressBudget _failures = new(options.LoginFailuresPerMinutePerAddress, TimeSpan.FromMinutes(1), time);

    /// <summary>
    /// Asks about a password, unless too many from there were wrong. Whoever hangs up before the answer has had the guess. Over
    /// loopback, where hundreds of bots log in at once, a wrong password counts when it was.
    /// </summary>
    public async Task<Answer<T>> Guess<T>(ClientRequest request, Func<Task<Answer<T>>> prove)
    {
        var address = request.Connection.Transport.RemoteAddress;
        if (AddressNetwork.IsLoopback(address))
            return await Ask(request, prove);
        if (_failures.Take(address) is { } wait)
            return Answer.Refuse<T>(RefusalCode.RateLimited, wait);
        var failed = true;
        try
        {
            var proved = await prove();
            failed = IsWrong(proved);
            return proved;
        }
        catch (Exception) when (!request.Connection.Gone.IsCancellationRequested)
        {
            failed = false;
            throw;
        }
        finally
        {
            if (!failed)
                _failures.GiveBack(address);
        }
    }

    /// <summary>Asks about what nobody can guess, unless too many from there were wrong; counted when it was.</summary>
    public async Task<Answer<T>> Ask<T>(ClientRequest request, Func<Task<Answer<T>>> prove)
    {
        var address = request.Connection.Transport.RemoteAddress;
        if (_failures.Wait(address) is { } wait)
            return Answer.Refuse<T>(RefusalCode.RateLimited, wait);
        var proved = await prove();
        if (!proved.TryGet(out _, out var why))
            Count(address, why);
        return proved;
    }

    /// <summary>Counts the refusal if it is one that somebody who guesses would get.</summary>
    public void Count(IPAddress address, Refusal why)
    {
        if (IsWrong(why))
            _failures.Take(address);
    }

    private static bool IsWrong<T>(Answer<T> proved) => !proved.TryGet(out _, out var why) && IsWrong(why);

    private static bool IsWrong(Refusal why) => why.Code is RefusalCode.InvalidUsernameOrPassword or RefusalCode.InvalidUserToken;
}
