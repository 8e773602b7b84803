using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Silo.Admin;

/// <summary>
/// Who may use the operators' listener. With an adminToken: who shows it, as a bearer token or as the password of basic
/// authentication (so that a browser can ask for it). Without: who comes over loopback under a loopback name, which keeps pages of
/// other sites from reaching it through an operator's browser by way of a name that points here.
/// </summary>
internal sealed class OperatorAccess(DashboardSettings settings)
{
    private readonly byte[]? _expected = settings.AdminToken is { Length: > 0 } token ? SHA256.HashData(Encoding.UTF8.GetBytes(token)) : null;

    public bool Allows(HttpRequest request) => _expected is null ? IsLocal(request) : ShowsToken(request);

    /// <summary>Answers those who may not.</summary>
    public Task Refuse(HttpContext context)
    {
        if (_expected is null)
            return AdminEndpoints.Refuse(context, StatusCodes.Status403Forbidden, "Without an adminToken only this machine is served, under its loopback name.");
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"MmoOrleans\", charset=\"UTF-8\"";
        return AdminEndpoints.Refuse(context, StatusCodes.Status401Unauthorized, "Show the adminToken as a bearer token, or as the password of basic authentication.");
    }

    private static bool IsLocal(HttpRequest request)
    {
        var from = request.HttpContext.Connection.RemoteIpAddress;
        var name = request.Host.Host.Trim('[', ']');
        var isLoopbackName = name == "localhost" || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
        return isLoopbackName && from is not null && IPAddress.IsLoopback(from);
    }

    private bool ShowsToken(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header.Parameter is null)
            return false;
        var shown = header.Scheme.ToUpperInvariant() switch
        {
            "BEARER" => header.Parameter,
            "BASIC" => PasswordOf(header.Parameter),
            _ => null,
        };
        return shown is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), _expected);
    }

    private static string? PasswordOf(string credentials)
    {
        var buffer = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, buffer, out var length))
            return null;
        var text = Encoding.UTF8.GetString(buffer, 0, length);
        var colon = text.IndexOf(':');
        return colon < 0 ? null : text[(colon + 1)..];
    }
}
