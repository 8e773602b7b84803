using System.Net;
using System.Threading.RateLimiting;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>
/// Failed logins per address and minute, so that one machine cannot try many names. Only failures count. An IPv6 address is its
/// /64: a household has one. Addresses that have been quiet are forgotten by the limiter.
/// </summary>
internal sealed class LoginFailures(GatewayOptions options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<IPAddress> _failures = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(AddressNetwork.Of(address), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = options.LoginFailuresPerMinutePerAddress,
            Window = Window,
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        }));

    /// <summary>Why this address may not try now; null when it may.</summary>
    public Refusal? Refuse(IPAddress address)
    {
        using var lease = _failures.AttemptAcquire(address, 0);
        return lease.IsAcquired ? null : Refusal.For(RefusalCode.RateLimited, Window / 6);
    }

    /// <summary>Counts the refusal if it is one that somebody who guesses would get.</summary>
    public void Count(IPAddress address, Refusal why)
    {
        if (why.Code is RefusalCode.InvalidUsernameOrPassword or RefusalCode.InvalidUserToken)
            _failures.AttemptAcquire(address).Dispose();
    }

    public void Dispose() => _failures.Dispose();
}
