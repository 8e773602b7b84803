using System.Net;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>
/// Registrations per address, in a minute and in a day. Every one that would reach a grain counts, also for a name that is
/// taken: each wakes a grain. Loopback is exempt: bots and tests register hundreds there.
/// </summary>
internal sealed class RegistrationLimits(GatewayOptions options, TimeProvider time)
{
    private readonly AddressBudget _minute = new(options.RegistrationsPerMinutePerAddress, TimeSpan.FromMinutes(1), time);
    private readonly AddressBudget _day = new(options.RegistrationsPerDayPerAddress, TimeSpan.FromDays(1), time);

    /// <summary>Null: counted, it may go on.</summary>
    public Refusal? Take(IPAddress address)
    {
        if (AddressNetwork.IsLoopback(address))
            return null;
        var wait = _day.Wait(address) ?? _minute.Take(address) ?? _day.Take(address);
        return wait is { } time ? new Refusal(RefusalCode.RateLimited, "Too many registrations from this address.", time) : null;
    }
}
