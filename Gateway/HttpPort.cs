using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway;

/// <summary>What the HTTP port speaks: TLS where there is a certificate. The same in a host with a gateway and in a silo without one.</summary>
public static class HttpPort
{
    /// <summary>The line that a host prints for its health.</summary>
    public static string HealthLine(IPAddress address, int port, CertificateSettings? certificate) =>
        $"listen health {(certificate is null ? "http" : "https")}://{address}:{port}{GatewayHosting.HealthPath}";

    /// <summary>TLS, or none without a certificate.</summary>
    public static void UseCertificate(this ListenOptions listen, CertificateSettings? certificate)
    {
        if (certificate is not null)
            listen.UseHttps(certificate.Load());
    }
}
