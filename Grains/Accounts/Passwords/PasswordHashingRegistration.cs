using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MmoOrleans.Grains.Accounts.Passwords;

/// <summary>Registers <see cref="IPasswordHashing"/> for the grains of a silo.</summary>
public static class PasswordHashingRegistration
{
    /// <summary>One service per silo. A value out of its range fails the start with the name of the setting.</summary>
    public static IServiceCollection AddPasswordHashing(this IServiceCollection services, Action<PasswordOptions>? configure = null)
    {
        services.AddOptions<PasswordOptions>().Configure(options => configure?.Invoke(options))
            .Validate(options => options.Iterations >= 1, "passwordIterations must be 1 or more.")
            .Validate(options => options.Workers >= 1, "PasswordOptions.Workers must be 1 or more.")
            .Validate(options => options.MaxWaiting >= 1, "PasswordOptions.MaxWaiting must be 1 or more.")
            .Validate(options => options.MaxWait > TimeSpan.Zero, "PasswordOptions.MaxWait must be positive.")
            .ValidateOnStart();
        services.AddMetrics().TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IPasswordHashing, PasswordHashing>();
        return services;
    }
}
