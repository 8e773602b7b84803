using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway;

/// <summary>What the HTTP port speaks: TLS where there is a certificate. The same in a host with a gateway and in a silo without one.</summary>
public static class HttpPort
{
    /// <summary>On top of what the gateway admits, so that /health is answered when all seats are taken. Per port.</summary>
    private const int ConnectionsBesides = 1_000;

    /// <summary>
    /// Plain HTTP is for /health and for becoming a WebSocket: short requests, hardly a body, a bounded number of connections.
    /// Those that became WebSockets are not counted here but by <see cref="Connections.ClientConnections"/>.
    /// </summary>
    public static void Bound(KestrelServerLimits limits, int connections)
    {
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(15);
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        limits.MaxRequestBodySize = 64 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxConcurrentConnections = connections + ConnectionsBesides;
    }

    /// <summary>The line that a host prints for its health.</summary>
    public static string HealthLine(IPAddress address, int port, CertificateSettings? certificate) =>
        $"listen health {(certificate is null ? "http" : "https")}://{address}:{port}{GatewayHosting.HealthPath}";

    /// <summary>TLS, or none without a certificate.</summary>
    public static void UseCertificate(this ListenOptions listen, CertificateSettings? certificate)
    {
        if (certificate is null)
            return;
        var loaded = certificate.Load(out var chain);
        listen.UseHttps(https => (https.ServerCertificate, https.ServerCertificateChain) = (loaded, chain));
    }
}
