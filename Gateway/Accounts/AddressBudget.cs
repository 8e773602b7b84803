using System.Net;
using System.Runtime.InteropServices;
using MmoOrleans.Gateway.Connections;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>
/// So many of something per address within a window of time. An IPv6 address is its /64: a household has one. When more
/// addresses are known than fit, those that have been quiet go, and if there are none all do: whoever has that many addresses
/// is not held by a limit per address.
/// </summary>
internal sealed class AddressBudget(int most, TimeSpan window, TimeProvider time)
{
    public const int MostAddresses = 65_536;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, List<DateTimeOffset>> _taken = [];

    /// <summary>Takes one, or says how long until there is one.</summary>
    public TimeSpan? Take(IPAddress address)
    {
        lock (_gate)
        {
            if (WaitFor(address) is { } wait)
                return wait;
            if (_taken.Count >= MostAddresses)
                Forget();
            var times = CollectionsMarshal.GetValueRefOrAddDefault(_taken, AddressNetwork.Of(address), out _) ??= [];
            times.Add(time.GetUtcNow());
            return null;
        }
    }

    /// <summary>Gives back what was taken last.</summary>
    public void GiveBack(IPAddress address)
    {
        lock (_gate)
        {
            if (_taken.TryGetValue(AddressNetwork.Of(address), out var times) && times.Count > 0)
                times.RemoveAt(times.Count - 1);
        }
    }

    /// <summary>How long until there is one; null: there is.</summary>
    public TimeSpan? Wait(IPAddress address)
    {
        lock (_gate)
            return WaitFor(address);
    }

    private TimeSpan? WaitFor(IPAddress address)
    {
        if (!_taken.TryGetValue(AddressNetwork.Of(address), out var times))
            return null;
        Expire(times);
        return times.Count < most ? null : times[0] + window - time.GetUtcNow();
    }

    private void Forget()
    {
        foreach (var (address, times) in _taken)
        {
            Expire(times);
            if (times.Count == 0)
                _taken.Remove(address);
        }
        if (_taken.Count >= MostAddresses)
            _taken.Clear();
    }

    private void Expire(List<DateTimeOffset> times)
    {
        var over = time.GetUtcNow() - window;
        times.RemoveRange(0, times.TakeWhile(taken => taken <= over).Count());
    }
}
