using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Accounts;

/// <summary>Registers what the grains of accounts need: usernames, accounts, sessions. Password hashing is registered beside it.</summary>
public static class AccountRegistration
{
    /// <summary>A value out of its range fails the start with the name of the setting.</summary>
    public static ISiloBuilder AddAccounts(this ISiloBuilder silo, Action<AccountOptions>? configure = null)
    {
        silo.Services.AddOptions<AccountOptions>().Configure(options => configure?.Invoke(options))
            .Validate(options => options.MinUsernameLength >= 1 && options.MaxUsernameLength >= options.MinUsernameLength, "AccountOptions: usernames need 1 <= MinUsernameLength <= MaxUsernameLength.")
            .Validate(options => options.MaxPasswordBytes >= options.MinPasswordLength, "AccountOptions.MaxPasswordBytes must be MinPasswordLength or more.")
            .Validate(options => options.MaxUsernameLength <= WireLimits.NameLength, $"AccountOptions.MaxUsernameLength must be {WireLimits.NameLength} or less: gateways refuse longer ones.")
            .Validate(options => options.MaxPasswordBytes <= WireLimits.PasswordBytes, $"AccountOptions.MaxPasswordBytes must be {WireLimits.PasswordBytes} or less: gateways refuse longer ones.")
            .Validate(options => options.MaxAppearanceBytes <= WireLimits.AppearanceBytes, $"AccountOptions.MaxAppearanceBytes must be {WireLimits.AppearanceBytes} or less: gateways refuse larger ones.")
            .Validate(options => options.MaxFailures >= 1, "AccountOptions.MaxFailures must be 1 or more.")
            .Validate(options => options.TokenLifetime > TimeSpan.Zero, "AccountOptions.TokenLifetime must be positive.")
            .Validate(options => options.CharacterSlots >= 1, "AccountOptions.CharacterSlots must be 1 or more.")
            .ValidateOnStart();
        silo.Services.TryAddSingleton(provider => new SeatTaking(
            provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<GrainCalls>(), provider.GetRequiredService<TimeProvider>()));
        silo.Services.AddRecords();
        return silo;
    }
}
