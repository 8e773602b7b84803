using System.Net;
using System.Threading.RateLimiting;
using MmoOrleans.Gateway.Connections;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>
/// Passwords of one address that are being hashed or wait for it: a few, so that one machine cannot fill the hashing queue for
/// all. Loopback is exempt: bots and tests log in by hundreds there.
/// </summary>
internal sealed class HashingShares : IDisposable
{
    public const int MostPerAddress = 4;

    private readonly PartitionedRateLimiter<IPAddress> _shares = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        AddressNetwork.IsLoopback(address)
            ? RateLimitPartition.GetNoLimiter(IPAddress.Loopback)
            : RateLimitPartition.GetConcurrencyLimiter(AddressNetwork.Of(address), _ => new ConcurrencyLimiterOptions { PermitLimit = MostPerAddress }));

    /// <summary>To be disposed when the password is done with; not acquired: the client is to come back.</summary>
    public RateLimitLease Take(IPAddress address) => _shares.AttemptAcquire(address);

    public void Dispose() => _shares.Dispose();
}
