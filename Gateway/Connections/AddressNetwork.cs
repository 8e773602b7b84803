using System.Net;
using System.Net.Sockets;

namespace MmoOrleans.Gateway.Connections;

/// <summary>What counts as one address: an IPv4 address, or the /64 of an IPv6 address, which is what one household is given.</summary>
internal static class AddressNetwork
{
    private const int Ipv6NetworkBytes = 8;

    public static IPAddress Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
            return address;
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, Ipv6NetworkBytes, bytes.Length - Ipv6NetworkBytes);
        return new IPAddress(bytes);
    }

    /// <summary>Whether it is this machine, however the address is written.</summary>
    public static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(Of(address));
}
